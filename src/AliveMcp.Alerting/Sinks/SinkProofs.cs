using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AliveMcp.Alerting.Sinks.Proofs;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AliveMcp.Alerting.Sinks;

/// <summary>Proving sinks of the scope's tenant. A proof is bound to its sink, lives for a while and is tried a few times.</summary>
public sealed class SinkProofs
{
    private static readonly AttemptLimit AskedOfSink = new("sink-proof", 10, TimeSpan.FromHours(1));
    private static readonly AttemptLimit AskedOfTenant = new("sink-proofs", 60, TimeSpan.FromHours(1));

    private readonly AlertingDb _db;
    private readonly SinkActs _acts;
    private readonly SinkSetup _setup;
    private readonly Attempts _attempts;
    private readonly TimeProvider _clock;

    internal SinkProofs(AlertingDb db, SinkActs acts, SinkSetup setup, Attempts attempts, TimeProvider clock) =>
        (_db, _acts, _setup, _attempts, _clock) = (db, acts, setup, attempts, clock);

    /// <summary>Proves a sink by the code that was sent there, or by what was published.</summary>
    /// <param name="id">Which.</param>
    /// <param name="code">As it was typed; null for kinds that have none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<SeenSink>> VerifyAsync(int id, string? code, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var found = await _acts.FindAsync(id, Precondition.Any, cancellationToken);
        if (!found.TryGet(out var sink))
        {
            return found.Problems.ToList();
        }

        var proof = await ProofOfAsync(id, cancellationToken);
        if (sink.VerifiedAt is not null && sink.DisabledAt is null)
        {
            return _setup.Seen(sink, proof);
        }

        var now = _clock.GetUtcNow();
        if (proof?.Hash is not { } hash || now >= proof.ExpiresAt || proof.Tries >= SinkProof.MostTries)
        {
            return SinkProblems.CodeSpent;
        }

        var refusal = await TryAsync(sink, proof, code, hash, cancellationToken);
        if (refusal is null)
        {
            Settle(sink, proof, now);
        }

        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return refusal is null ? _setup.Seen(sink, proof: null) : refusal;
    }

    /// <summary>Asks for another proof: also of a sink that is verified, or switched off. A code that was sent before is good no more.</summary>
    public async Task<Result<SeenSink>> AskAgainAsync(int id, CancellationToken cancellationToken)
    {
        await using var transaction = await _db.BeginAsync(cancellationToken);
        var found = await _acts.FindAsync(id, Precondition.Any, cancellationToken);
        if (!found.TryGet(out var sink))
        {
            return found.Problems.ToList();
        }

        if (
            !await _attempts.MayAsync(AskedOfSink, $"{sink.TenantId}/{id}", cancellationToken)
            || !await _attempts.MayAsync(AskedOfTenant, $"{sink.TenantId}", cancellationToken)
        )
        {
            return SinkProblems.TooSoon;
        }

        var before = sink.Told;
        var known = await ProofOfAsync(id, cancellationToken);
        var (asked, told) = _setup.Ask(sink, known);
        if (known is null)
        {
            _db.Proofs.Add(asked);
        }

        sink.Unverify();
        sink.Version++;
        _db.Audit(new AuditEntry("sink.proof_asked", "sink", TargetOf(sink)) { Before = before, After = sink.Told });
        await _db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return _setup.Seen(sink, asked) with { Proof = told };
    }

    /// <returns>Null: it is proven.</returns>
    private async Task<Problem?> TryAsync(
        Sink sink,
        SinkProof proof,
        string? code,
        byte[] hash,
        CancellationToken cancellationToken
    )
    {
        bool IsIt(string text) =>
            CryptographicOperations.FixedTimeEquals(ProofCode.HashOf(sink.TenantId, sink.SinkId, text), hash);

        using var settings = JsonDocument.Parse(sink.Settings);
        if (_setup.Proof(sink.Kind).DomainOf(settings.RootElement, "") is { } domain)
        {
            // What may be published is guessed by nobody: looking is not counted as a try.
            var isPublished = await _setup
                .Proof(sink.Kind)
                .IsPublishedAsync(settings.RootElement, IsIt, cancellationToken);
            return isPublished ? null : SinkProblems.NotPublished(new DomainProofNames(domain.DnsName, domain.FileUrl));
        }

        if (code is null)
        {
            return SinkProblems.CodeMissing;
        }

        if (IsIt(code))
        {
            return null;
        }

        proof.Tries++;
        return SinkProblems.CodeWrong(SinkProof.MostTries - proof.Tries);
    }

    /// <summary>A typed code is used up; what is published stays to be looked at again.</summary>
    private void Settle(Sink sink, SinkProof proof, DateTimeOffset now)
    {
        var before = sink.Told;
        sink.Verify(now);
        if (sink.Kind != SinkKind.Webhook)
        {
            _db.Proofs.Remove(proof);
        }

        _db.Audit(new AuditEntry("sink.verified", "sink", TargetOf(sink)) { Before = before, After = sink.Told });
    }

    private Task<SinkProof?> ProofOfAsync(int id, CancellationToken cancellationToken) =>
        _db.Proofs.SingleOrDefaultAsync(proof => proof.SinkId == id, cancellationToken);

    private static string TargetOf(Sink sink) => sink.SinkId.ToString(CultureInfo.InvariantCulture);
}
