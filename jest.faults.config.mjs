import config from './jest.config.js';

/** What needs real time: `npm run test:faults`, apart from `npm test`. */
export default { ...config, roots: ['<rootDir>/tests/faults'], testMatch: ['**/*.faults.ts'] };
