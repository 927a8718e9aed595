import base from '../../jest.config.mjs';

/**
 * The same tests on Nest 11, whose packages stand in this folder.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  rootDir: '../..',
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@nestjs/(axios|common|core|platform-express|platform-fastify|swagger|terminus|testing)$':
      '<rootDir>/test/nest-11/node_modules/@nestjs/$1',
  },
};
