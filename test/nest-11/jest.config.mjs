import base from '../../jest.config.mjs';

/**
 * The same tests on Nest 11, whose packages stand in this folder.
 *
 * @type {import('jest').Config}
 */
export default {
  ...base,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/clients/'],
  moduleNameMapper: {
    ...base.moduleNameMapper,
    '^@nestjs/(axios|common|core|graphql|mapped-types|microservices|swagger|terminus|testing|websockets)$':
      '<rootDir>/test/nest-11/node_modules/@nestjs/$1',
    '^@nestjs/common/(.+)$': '<rootDir>/test/nest-11/node_modules/@nestjs/common/$1',
    '^@nestjs/(platform-express|platform-fastify|platform-socket.io|platform-ws)$':
      '<rootDir>/test/nest-11/node_modules/@nestjs/$1',
    '^graphql$': '<rootDir>/node_modules/graphql',
  },
};
