/** How much of an operator's file is taken in; what is over is a FileFault and never a slow or dying process. */
export const maxFileMb = 50
/** Of everything packed into an .xlsx: far above 100,000 honest rows, far below a zip bomb. */
export const maxUnpackedMb = 256
export const maxRows = 100_000
export const maxColumns = 200
export const maxCellLength = 20_000

export const bytesPerMb = 1024 * 1024
