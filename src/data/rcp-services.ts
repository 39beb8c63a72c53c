import { hasFormat, once, readTable } from './load.ts';

/** Tells whether resource control policies apply to requests of a service, as of {@link rcpServicesDate}. */
export function rcpAppliesTo(service: string): boolean {
  return rcpTable().services.has(service.toLowerCase());
}

/** Prefixes of the services that resource control policies apply to, sorted. */
export function rcpServices(): readonly string[] {
  return [...rcpTable().services];
}

/** Date of the list, `YYYY-MM-DD`: services are added over time, so a later one may be missing. */
export function rcpServicesDate(): string {
  return rcpTable().date;
}

const rcpTable = once(() => {
  const { services, date } = readTable('rcp-services.json', isRcpFile);
  return { services: new Set(services), date };
});

function isRcpFile(value: unknown): value is { readonly services: readonly string[]; readonly date: string } {
  return hasFormat(value, 'iamlint-rcp-services 1');
}
