// A self-signed certificate with its key, by the openssl command.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeAuthority } from './upstreams/ldap-certificates.ts'

export interface SelfSigned {
  /** PEM. */
  readonly certificate: string
  /** PEM. */
  readonly privateKey: string
}

export function selfSigned(name: string): SelfSigned {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-certificate-'))
  try {
    const { cert, key } = makeAuthority(dir, name)
    return { certificate: readFileSync(cert, 'utf8'), privateKey: readFileSync(key, 'utf8') }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
