import { anyProviderCases } from './any-provider.cases.js';
import { testFieldCases } from './field-table.js';
import { typedCases } from './typed.cases.js';
import { viaCases } from './via.cases.js';

testFieldCases('Any provider in the field', [...anyProviderCases, ...typedCases, ...viaCases]);
