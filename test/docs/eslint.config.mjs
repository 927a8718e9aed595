import { resolve } from 'node:path';
import tseslint from 'typescript-eslint';

/** The rules of a strict reader, for the examples and the samples. */
export default tseslint.config({
  files: ['**/*.ts'],
  extends: [tseslint.configs.strictTypeChecked],
  languageOptions: {
    parserOptions: { project: ['test/docs/.examples/tsconfig.json'], tsconfigRootDir: resolve('.') },
  },
  rules: {
    // A Nest module is a class without members, in every Nest application.
    '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  },
});
