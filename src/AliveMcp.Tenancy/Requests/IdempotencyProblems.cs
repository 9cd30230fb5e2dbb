using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Requests;

/// <summary>What stands against a request that is to be done once.</summary>
internal static class IdempotencyProblems
{
    public static Problem NoKey { get; } =
        new(
            "idempotency_key_malformed",
            "Idempotency-Key is 1 to 255 visible ASCII characters, sent once; a UUID will do.",
            Idempotency.Header
        );

    public static Problem OtherRequest { get; } =
        new(
            "idempotency_key_reused",
            "Another request was made with this key: give every act a key of its own.",
            Idempotency.Header
        );

    public static Problem AtWork { get; } =
        new(
            "idempotency_key_at_work",
            "The request with this key is still being worked on: ask again in a second.",
            Idempotency.Header
        );
}
