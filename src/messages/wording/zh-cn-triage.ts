/** Triage 研判: dispatch, merge, decline; similar items and suggested departments. */
export const triageZhCN = {}
