import { pino } from "pino";

const serialize = pino.stdSerializers.err;

export const logger = pino({
  serializers: {
    // The message of a failed query holds its parameters; its cause has a
    // message without values, and a database's further details may have some.
    err: (error: Error) => {
      const cause = error.cause instanceof Error ? error.cause : error;
      const { type, message, stack } = serialize(cause);
      return { type, message, stack };
    },
  },
});
