import { render } from 'preact';
import { PhoneBook } from '../phone/client/phone-book.js';
import { SimulatorClient } from '../phone/client/simulator-client.js';
import '../simulator/foundation.css';
import { PlaygroundClient } from './client/playground-client.js';
import { Page } from './page.js';
import './layout/layout.css';

const client = new PlaygroundClient();
const setting = await client.setting();
const simulator = new SimulatorClient(setting.simulator);
const book = new PhoneBook();
const root = document.querySelector('#root');
if (root) render(<Page setting={setting} client={client} simulator={simulator} book={book} />, root);
simulator.listen(book);
