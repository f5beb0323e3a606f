/** Return, extension and suspension. */
export const requestsZhCN = {}
