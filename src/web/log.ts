/** Where web/ writes what it cannot answer for; pino fits. Values of type Secret show as `[secret]`. */
export interface Log {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
  info(fields: object, message: string): void
}
