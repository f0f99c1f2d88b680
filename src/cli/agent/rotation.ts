// Options of key rotation, and `chancery keys rotate-access-key`.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import type { AwsEndpoint } from '../../agent/aws-call.ts'
import { advanceRotation, type RotationSettings, type RotationStatus } from '../../agent/rotation/rotate.ts'
import { isoTime } from '../../agent/session-credentials.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { addServerOptions, endpointOf, type ServerOptions } from './options.ts'

export interface RotationOptions extends ServerOptions {
  readonly credentialsFile?: string
  readonly rotationGrace: number
}

export const addRotationOptions = (command: Command): Command =>
  command
    .option(
      '--credentials-file <file>',
      'AWS credentials file with the key (default: AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials)',
    )
    .option(
      '--rotation-grace <time>',
      'how long the replaced key must be unused before it is deactivated, and again before it is deleted (default: 1d)',
      duration,
      86_400,
    )

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
])

/** `30d`, `12h`, `15m` or `45s` in seconds. */
export function duration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,5})([smhd])$/.exec(text) ?? []
  const seconds = units.get(unit)
  if (amount === undefined || seconds === undefined)
    throw new InvalidArgumentError('expected a number with a unit, such as 30d, 12h, 15m or 45s')
  return Number(amount) * seconds
}

export function rotationSettings(
  context: CommandContext,
  { profile, credentialsFile, rotationGrace }: RotationOptions,
  maxAge: number,
): RotationSettings {
  const env = context.env()
  return {
    credentialsFile:
      credentialsFile ??
      (env['AWS_SHARED_CREDENTIALS_FILE'] || join(env['HOME'] ?? homedir(), '.aws', 'credentials')),
    profile: profile ?? (env['AWS_PROFILE'] || 'default'),
    maxAge,
    grace: rotationGrace,
  }
}

/** Makes the steps that are due, and prints each. */
export const advanceOn = (
  context: CommandContext,
  settings: RotationSettings,
  endpoint: AwsEndpoint,
): Promise<RotationStatus> =>
  advanceRotation(settings, {
    endpoint,
    onStep: (step) => context.err(`access key of profile \`${settings.profile}\`: ${step}\n`),
  })

export const keysCommand: MakeCommand = (context, ended) =>
  new Command('keys').description('access keys').addCommand(rotateCommand(context, ended))

interface RotateOptions extends RotationOptions {
  readonly olderThan: number
  readonly wait?: boolean
}

const rotateCommand: MakeCommand = (context, ended) =>
  addRotationOptions(
    addServerOptions(
      new Command('rotate-access-key').description(
        'replace the access key of a profile; run it again to go on, until the old key is deleted',
      ),
    ),
  )
    .option('--older-than <time>', 'only if the key is older than this', duration, 0)
    .option('--wait', 'wait for the steps that are not due yet, until the old key is deleted')
    .action((options: RotateOptions) =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        const endpoint = endpointOf(context, options)
        const stopped = context.stopped()
        for (let settings = rotationSettings(context, options, options.olderThan); ; ) {
          const { isPending, nextAt } = await advanceOn(context, settings, endpoint)
          if (!isPending || options.wait !== true || stopped.aborted) {
            context.out(isPending ? `next step from ${isoTime(nextAt)}\n` : 'nothing is left to do\n')
            return 0
          }
          const seconds = Math.min(3600, Math.max(1, nextAt - context.now()))
          await pause(seconds * 1000, undefined, { signal: stopped }).catch(() => {})
        }
      }),
    )
