import { defineRule } from '../check/define.ts';

/** A file that looks like an input and cannot be read. The run itself finds it, before any rule. */
export default defineRule({
  id: 'unreadable-input',
  title: 'File cannot be read',
  category: 'coverage',
  status: 'preview',
  since: '0.1.0',
  severity: 'error',
  securitySeverity: 3,
  confidence: 'high',
  preset: 'recommended',
  peers: [],
  standards: [],
  on: 'model',
  docs: {
    message: 'the file cannot be read: {cause}',
    why: 'Nothing in the file was judged, so that whoever relies on the run must know.',
    fix: 'correct the file at the marked place, or exclude it under `ignore` in the configuration',
    references: ['https://yaml.org/spec/1.2.2/'],
  },
  check: () => [],
});
