import base from '../../jest.config.mjs';

/**
 * Runs the tests on Nest 11, which is installed in this folder.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  rootDir: '../..',
  testMatch: [...base.testMatch, '<rootDir>/tools/compat-nest-11/*.spec.ts'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@nestjs/(axios|common|core|graphql|mapped-types|microservices|swagger|terminus|testing|websockets)$':
      '<rootDir>/tools/compat-nest-11/node_modules/@nestjs/$1',
    '^@nestjs/common/(.+)$': '<rootDir>/tools/compat-nest-11/node_modules/@nestjs/common/$1',
    '^@nestjs/(platform-express|platform-fastify|platform-socket.io|platform-ws)$':
      '<rootDir>/tools/compat-nest-11/node_modules/@nestjs/$1',
    '^graphql$': '<rootDir>/node_modules/graphql',
  },
};
