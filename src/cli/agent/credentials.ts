// `chancery credentials`: the credentials of a role for one command, as a `credential_process` of AWS tools prints them.
import { Command } from 'commander'
import { readCache, writeCache } from '../../agent/credential-cache.ts'
import { cacheKey, obtainCredentials } from '../../agent/obtain.ts'
import { processOutput } from '../../agent/session-credentials.ts'
import { type ExitCode, ending, type MakeCommand } from '../context.ts'
import {
  addRoleOptions,
  endpointOf,
  obtainDependencies,
  obtainSettings,
  type RoleOptions,
} from './options.ts'

export const credentialsCommand: MakeCommand = (context, ended) =>
  addRoleOptions(
    new Command('credentials').description(
      'print credentials of a role, as a credential_process of AWS tools does',
    ),
  )
    .option('--cache <file>', 'keep them in this file, of mode 0600, until five minutes before their end')
    .action((options: RoleOptions & { readonly cache?: string }) =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        const endpoint = endpointOf(context, options)
        const settings = obtainSettings(context, options)
        const obtain = obtainCredentials(settings, obtainDependencies(context, options, endpoint))
        const key = cacheKey(settings, endpoint.url)
        const cached = options.cache === undefined ? undefined : readCache(options.cache, key, context.now())
        const credentials = cached ?? (await obtain())
        if (options.cache !== undefined && cached === undefined) writeCache(options.cache, key, credentials)
        context.out(`${processOutput(credentials)}\n`)
        return 0
      }),
    )
