/** The logger that web/ requires; pino is assignable. Values of type Secret are printed as `[secret]`. */
export interface Log {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
  info(fields: object, message: string): void
}
