import config from './jest.config.js';

/** What runs for as long as it is told to: `npm run test:soak`, apart from `npm test`. */
export default { ...config, roots: ['<rootDir>/tests/soak'], testMatch: ['**/*.soak.ts'] };
