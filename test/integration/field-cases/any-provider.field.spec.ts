import { anyProviderCases } from './any-provider.cases.js';
import { testFieldCases } from './field-table.js';
import { typedCases } from './typed.cases.js';
import { viaCases } from './via.cases.js';

testFieldCases('Field cases of any provider', [...anyProviderCases, ...typedCases, ...viaCases]);
