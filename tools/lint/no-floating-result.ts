import type { Rule } from 'eslint'
import type ts from 'typescript'

/** The part of typescript-eslint's parser services that the rule uses. */
type Services = { readonly program: ts.Program; readonly getTypeAtLocation: (node: Rule.Node) => ts.Type }

/** Whether a type can be kernel's `Fail`: dropping such a value drops a refusal or a failure. */
function mayFail(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(mayFail)
  const declared = type.aliasSymbol?.name === 'Fail' ? (type.aliasSymbol.declarations ?? []) : []
  return declared.some((declaration) => declaration.getSourceFile().fileName.endsWith('kernel/src/result.ts'))
}

/** A `Result` may not stand alone as a statement, awaited or not, nor hide behind `void`: somebody must look at its failure. */
export const noFloatingResult: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'A Result must be looked at' },
    messages: { floating: 'This Result is dropped: handle its failure, or assert that there is none.' },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices as Services // eslint leaves them untyped; the config sets the parser.
    const checker = services.program.getTypeChecker()
    return {
      ExpressionStatement({ expression }) {
        const value = expression.type === 'UnaryExpression' && expression.operator === 'void' ? expression.argument : expression
        if (value.type === 'AssignmentExpression') return // It keeps the value.
        const type = services.getTypeAtLocation(value as Rule.Node)
        if (mayFail(checker.getAwaitedType(type) ?? type)) context.report({ node: expression, messageId: 'floating' })
      },
    }
  },
}
