using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Sinks;

/// <summary>The ways in which this slice says no. None repeats a value that may be secret.</summary>
internal static class SinkProblems
{
    public static Problem NotFound(int sink) => new("sink_not_found", $"There is no sink {sink}.");

    public static Problem NameTaken { get; } =
        new("name_taken", "Another sink has this name; give it one of its own.", "name");

    public static Problem NotReady { get; } =
        new(
            "secrets_not_configured",
            "This install keeps no secrets: its operator sets Secrets__KeyFile and makes the file with 'alivemcp ops secrets rotate --new-key'."
        );

    public static Problem Unconditional { get; } =
        new("state_unconditional", "Send If-Match with the ETag of the sink that you mean to change.", "If-Match");

    public static Problem Stale { get; } =
        new("state_stale", "The sink was changed meanwhile: read it again and decide anew.", "If-Match");

    public static Problem NoSigning { get; } =
        new("sink_unsigned", "Only sinks of kind webhook sign what they send; there is no secret to rotate.");

    public static Problem NotVerified { get; } =
        new("sink_unverified", "The sink is not verified: nothing but its proof is sent there.");

    public static Problem Disabled { get; } =
        new("sink_disabled", "The sink is switched off. Ask for a new proof to switch it on again.");

    public static Problem CodeWrong(int left) =>
        new("code_wrong", $"That is not the code that was sent; {left} more tries.", "code");

    public static Problem CodeSpent { get; } =
        new("code_expired", "There is no code that is good: too old, or tried too often. Ask for a new one.", "code");

    public static Problem CodeMissing { get; } =
        new("code_required", "code is missing: the eight letters and digits that were sent to the sink.", "code");

    public static Problem NotPublished(DomainProofNames names) =>
        new(
            "proof_unpublished",
            $"Neither the TXT record {names.DnsName} nor {names.FileUrl} holds the token, and the address does not say challenges back. DNS may take a while."
        );

    public static Problem TooSoon { get; } = new("proof_too_soon", "A proof was asked for too often; wait an hour.");

    public static Problem PlanFull(int most) =>
        new("sinks_limit", $"The plan allows {most} sinks; remove one or change the plan.");

    public static Problem KindOnly(string kind) =>
        new("plan_kind", $"The plan allows sinks of kind {kind} alone.", "kind");

    /// <summary>Says that a field is missing, unless something was said of it already.</summary>
    public static void Missing(BodyFields body, string field, string what)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (!body.Problems.Any(problem => problem.Field == field))
        {
            body.Refuse(field, field + "_required", $"is missing: {what}");
        }
    }
}

/// <summary>Where a token is looked for.</summary>
internal sealed record DomainProofNames(string DnsName, string FileUrl);
