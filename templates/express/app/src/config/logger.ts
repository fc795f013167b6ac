import { pino } from "pino";

const serialize = pino.stdSerializers.err;

export const logger = pino({
  serializers: {
    // The message of a failed query holds its parameters; its cause does not.
    err: (error: Error) =>
      serialize(error.cause instanceof Error ? error.cause : error),
  },
});
