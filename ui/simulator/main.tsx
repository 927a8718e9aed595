import { render } from 'preact';
import { PhoneBook } from '../phone/client/phone-book.js';
import { SimulatorClient } from '../phone/client/simulator-client.js';
import { SimulatorPage } from './simulator-page.js';
import './foundation.css';

const book = new PhoneBook();
const client = new SimulatorClient();
const root = document.querySelector('#root');
if (root) render(<SimulatorPage book={book} client={client} />, root);
client.listen(book);
