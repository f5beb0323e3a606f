/** What a written table is made of, whatever its format. */
export interface TableColumn {
  key: string
  /** The header in .csv and .xlsx; .json has the keys. */
  label: string
  /** In .xlsx, in half-width characters; by the content where it is not given. */
  width?: number
}

export type TableValue = string | number | boolean | null
