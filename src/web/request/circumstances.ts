// What a request says of itself, for decisions and the audit trail: the condition keys `aws:SourceIp`, `aws:SecureTransport`,
// `aws:UserAgent`, `aws:RequestedRegion` and `aws:CurrentTime` are made of it.
import type { Context } from 'koa'
import { requestIdOf } from './request-id.ts'

export interface RequestCircumstances {
  /** The client's address, as far as the trusted proxies name it. */
  readonly sourceIp: string
  readonly secure: boolean
  readonly userAgent: string | undefined
  /** Of the SigV4 signature; undefined for other callers. */
  readonly region: string | undefined
  /** Epoch seconds. */
  readonly now: number
  readonly requestId: string
}

/** @param now epoch seconds @param region of the SigV4 signature, if there is one */
export const circumstancesOf = (ctx: Context, now: number, region?: string): RequestCircumstances => ({
  sourceIp: ctx.ip,
  secure: ctx.secure,
  userAgent: ctx.get('user-agent') || undefined,
  region,
  now,
  requestId: requestIdOf(ctx),
})
