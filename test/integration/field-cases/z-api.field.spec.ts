import { testFieldCases } from './field-table.js';
import { zApiCases } from './z-api.cases.js';
import { zApiIdentityCases } from './z-api.identity.cases.js';
import { zApiInboundCases } from './z-api.inbound.cases.js';
import { zApiMatchingCases } from './z-api.matching.cases.js';
import { zApiStatusCases } from './z-api.statuses.cases.js';

testFieldCases('Z-API field cases', [
  ...zApiCases,
  ...zApiIdentityCases,
  ...zApiMatchingCases,
  ...zApiStatusCases,
  ...zApiInboundCases,
]);
