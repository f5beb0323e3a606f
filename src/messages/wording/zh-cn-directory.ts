/** Groups, people, stand-ins, and the citizen’s details. */
export const directoryZhCN = {}
