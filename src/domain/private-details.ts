/** How to reach the citizen or enterprise behind a report. */
export interface PrivateDetails {
  code: number
  title: string
  petitioner: string | null
  phone: string | null
  address: string | null
}
