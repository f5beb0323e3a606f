/** Callback, publication, uptake, closing, reopening and undo. */
export const closingZhCN = {}
