// The `forward_auth:` section of the configuration: the hosts that a reverse proxy protects by asking this server.
import { z } from 'zod'

const host = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/,
    'must be a host in lower case, with its port unless it is the default one',
  )

export const forwardAuthSchema = z
  .strictObject({
    /** Hosts as browsers name them. */
    hosts: z.array(host).max(1000).default([]),
  })
  .prefault({})
