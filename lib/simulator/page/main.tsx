import { render } from 'preact';
import { PhoneBook } from './client/phone-book.js';
import { SimulatorClient } from './client/simulator-client.js';
import { Desk } from './desk/desk.js';
import './desk/foundation.css';

const book = new PhoneBook();
const client = new SimulatorClient();
const root = document.querySelector('#root');
if (root) render(<Desk book={book} client={client} />, root);
client.listen(book);
