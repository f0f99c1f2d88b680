// The mail server as a command on the server's machine uses it: that of the configuration file or, without one, the one that is
// stored, over the same guarded connection as the server's.
import type { Config } from '../config.ts'
import { mailSocket } from '../federation/outbound/mail-socket.ts'
import type { MailSettings } from '../mail/settings.ts'
import type { SmtpTransport } from '../mail/smtp.ts'
import { storedMailSettings } from '../mail/stored-settings.ts'
import { isProblem } from '../problem.ts'
import { openExistingStore } from '../store/open.ts'

export interface MailInUse {
  readonly settings: MailSettings
  readonly source: 'file' | 'stored'
  readonly transport: SmtpTransport
}

/** Undefined when mail is not configured. The transport must be closed. */
export async function openMailInUse(config: Config): Promise<MailInUse | undefined> {
  const { mail } = config.file
  const settings = mail ?? (await readStored(config))
  if (settings === undefined) return undefined
  const { SmtpTransport } = await import('../mail/smtp.ts')
  const connect = (until: AbortSignal) => mailSocket(settings, { allow: config.outboundAllow }, until)
  const options = { connections: 1, ...(mail === undefined && { connect }) }
  return {
    settings,
    source: mail === undefined ? 'stored' : 'file',
    transport: new SmtpTransport(settings, options),
  }
}

/** Undefined, too, when there is no store yet. */
async function readStored(config: Config): Promise<MailSettings | undefined> {
  const existing = await openExistingStore(config).catch((error: unknown) => {
    if (isProblem(error, 'not_found')) return undefined
    throw error
  })
  try {
    return existing && (await storedMailSettings(existing.store))
  } finally {
    await existing?.store.close()
  }
}
