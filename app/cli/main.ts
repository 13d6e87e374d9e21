const [command = 'help'] = process.argv.slice(2)
process.stdout.write(`quorate ${command} under Node ${process.versions.node}\n`)
