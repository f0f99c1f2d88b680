// `chancery completion <shell>`: a script that asks this same program for candidates, so that completion is never behind
// the commands. `chancery complete -- WORD…`, which the scripts call, prints a candidate a line.
import { Argument, Command } from 'commander'
import type { CommandContext, MakeCommand } from './context.ts'

const scripts = {
  bash: `_chancery() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(chancery completion candidates -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _chancery chancery
`,
  zsh: `#compdef chancery
_chancery() {
  local -a candidates
  candidates=("\${(@f)$(chancery completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$candidates" ]]; then compadd -a candidates; else _files; fi
}
compdef _chancery chancery
`,
  fish: `complete -c chancery -a '(chancery completion candidates -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
} as const
type Shell = keyof typeof scripts
const shells = Object.keys(scripts) as readonly Shell[]

export const completionCommand: MakeCommand = (context) => {
  const command = new Command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText(
      'after',
      '\nbash: source <(chancery completion bash) · zsh: the same · fish: chancery completion fish | source',
    )
    .action((shell: Shell) => context.out(scripts[shell]))
  return command.addCommand(candidatesCommand(context), { hidden: true })
}

const candidatesCommand = (context: CommandContext): Command => {
  const command = new Command('candidates').argument('[word...]').action((words: readonly string[]) => {
    for (const one of candidates(rootOf(command), words)) context.out(`${one}\n`)
  })
  return command
}

const rootOf = (command: Command): Command => (command.parent ? rootOf(command.parent) : command)

/** What may stand in the place of the last word, after the words before it. */
export function candidates(root: Command, words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? ''
  let at = root
  for (const word of words.slice(0, -1)) at = at.commands.find((one) => one.name() === word) ?? at
  const help = at.createHelp()
  const names = help.visibleCommands(at).map((one) => one.name())
  const options = help.visibleOptions(at).flatMap(({ long }) => (long ? [long] : []))
  const choices = at.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
  return [...names, ...choices, ...(last.startsWith('-') ? options : [])].filter((one) =>
    one.startsWith(last),
  )
}
