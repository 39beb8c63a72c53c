export const accounts = { Dev: '111111111111', Prod: '222222222222' } as const;
export const auditAccount = '333333333333';
