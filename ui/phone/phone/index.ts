export { type Act, Phone } from './phone.js';
