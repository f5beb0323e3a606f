/** Digests, reports and exports. */
export const reportsZhCN = {}
