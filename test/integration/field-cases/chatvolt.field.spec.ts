import { chatvoltAnswerCases } from './chatvolt.answers.cases.js';
import { chatvoltCases } from './chatvolt.cases.js';
import { chatvoltLookUpCases } from './chatvolt.look-up.cases.js';
import { chatvoltWebhookCases } from './chatvolt.webhooks.cases.js';
import { testFieldCases } from './field-table.js';

testFieldCases('Chatvolt field cases', [
  ...chatvoltCases,
  ...chatvoltAnswerCases,
  ...chatvoltLookUpCases,
  ...chatvoltWebhookCases,
]);
