export const handler = async () => 'Hello';
