import type { Rule } from 'eslint'

/**
 * A count must be exact: a transfer value that went through a float can elect the wrong person. Outside `arithmetic.ts` nothing in the
 * counting package divides, calls `Math`, or writes a fraction with a point. `bigint` division stays there too: it must say how it rounds.
 */
export const exactArithmetic: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Counting is exact' },
    messages: {
      divide: 'Division belongs to arithmetic.ts, where its rounding has a name and a source.',
      math: 'Math works on floats; use the exact arithmetic of arithmetic.ts.',
      float: 'A decimal literal is a float; write an exact fraction.',
    },
    schema: [],
  },
  create(context) {
    return {
      'BinaryExpression[operator="/"], AssignmentExpression[operator="/="]': (node: Rule.Node) =>
        context.report({ node, messageId: 'divide' }),
      'MemberExpression[object.name="Math"]': (node: Rule.Node) => context.report({ node, messageId: 'math' }),
      Literal(node) {
        const isFloat = typeof node.value === 'number' && /[.eE]/.test(node.raw ?? '') && !/^0x/i.test(node.raw ?? '')
        if (isFloat) context.report({ node, messageId: 'float' })
      },
    }
  },
}
