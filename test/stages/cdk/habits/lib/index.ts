export * from './base.ts';
export { default as Main } from './main.ts';
export * as helpers from './helpers.ts';
