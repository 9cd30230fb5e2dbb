using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Contracts;
using AliveMcp.Egress;
using AliveMcp.Probing.Credentials;
using AliveMcp.Probing.Eras;
using AliveMcp.Probing.Evidence;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing;

/// <summary>Speaks MCP to a stranger's server and judges what it saw. Thread-safe; keeps nothing between probes but <see cref="Tokens"/> and the hashes of lists that it saw: one for all probes of a process.</summary>
public sealed class ServerProbe(EgressGuard guard, TimeProvider clock)
{
    private readonly KnownLists _lists = new();

    private static readonly string Product = $"{Revisions.ClientName}/{Revisions.ClientVersion}";

    /// <summary>A page that says who probes and why, put into the <c>User-Agent</c>; null (the default) sends the product's name alone.</summary>
    public Uri? About { get; init; }

    /// <summary>Roots trusted beside the system's, for a private authority; null (the default) trusts the system's alone. Checking cannot be switched off.</summary>
    public X509Certificate2Collection? ExtraRoots { get; init; }

    /// <summary>The access tokens that client credentials are exchanged for; one for all probes of a process. By default the probe keeps its own.</summary>
    public AccessTokens Tokens { get; init; } = new(clock);

    /// <summary>Turns names into addresses; null (the default) asks the operating system.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; init; }

    /// <summary>One try. Whatever the target does is in the result; only the caller's own cancellation is thrown.</summary>
    /// <exception cref="OperationCanceledException">The caller called it off.</exception>
    public Task<ProbeResult> ProbeAsync(ProbeOrder order, CancellationToken cancellationToken) =>
        ProbeAsync(order, transcript: null, cancellationToken);

    /// <summary>One try, with everything that goes over the wire taken down.</summary>
    /// <param name="transcript">A fresh one; null takes nothing down and costs nothing.</param>
    /// <inheritdoc cref="ProbeAsync(ProbeOrder, CancellationToken)"/>
    public async Task<ProbeResult> ProbeAsync(
        ProbeOrder order,
        Transcript? transcript,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(order);
        cancellationToken.ThrowIfCancellationRequested();
        transcript?.Begin(order, clock);
        var wish = order.AsksOwner ? await AskOwnerAsync(order, cancellationToken) : OwnerWish.NotAsked;
        if (wish == OwnerWish.Declines)
        {
            return Declined;
        }

        var result = await LookAsync(order, transcript, cancellationToken);
        return wish == OwnerWish.NotAsked
            ? result
            : result with
            {
                Observed = result.Observed with { OwnerWish = wish },
            };
    }

    // Before the probe's own clock starts: a slow file must not make a server slow.
    private async Task<OwnerWish> AskOwnerAsync(ProbeOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var maker = new WireMaker(guard, Identity(), new WireMeter(clock))
            {
                ExtraRoots = ExtraRoots,
                Resolve = Resolve,
            };
            return await new OwnerLook(maker, order.Limits).AskAsync(order.Url, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return OwnerWish.NoAnswer;
        }
    }

    private async Task<ProbeResult> LookAsync(
        ProbeOrder order,
        Transcript? transcript,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new Deadline(order.Limits.Total, clock, cancellationToken);
        var meter = new WireMeter(clock);
        var maker = new WireMaker(guard, Identity(), meter)
        {
            ExtraRoots = ExtraRoots,
            Resolve = Resolve,
            Transcript = transcript,
        };
        using var wire = maker.Make(order.Limits, deadline, order.Credential is null ? null : AddressRules.ForKey);
        using var sides = new SideWires(order, maker, cancellationToken);
        using var run = new ProbeRun(order, wire, sides, Tokens, _lists);
        try
        {
            return MaskedResult.Of(await run.RunAsync(), run.Mask);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await run.LeaveAsync();
            return MaskedResult.Of(OurFault(e), run.Mask);
        }
        catch (OperationCanceledException)
        {
            await run.LeaveAsync();
            throw;
        }
        finally
        {
            transcript?.End();
        }
    }

    private static ProbeResult Declined { get; } =
        new()
        {
            Attempt = new ProbeAttempt
            {
                State = ServerState.Unknown,
                Why = Why.WatchDeclined,
                Detail = "expected no wish against it, got \"watch\": false in /.well-known/alivemcp.json",
            },
            Observed = new Observed { OwnerWish = OwnerWish.Declines, Requests = 1 },
        };

    // A bug of ours must not colour a stranger's server.
    private static ProbeResult OurFault(Exception e) =>
        new()
        {
            Attempt = new ProbeAttempt
            {
                State = ServerState.Unknown,
                Why = Why.ProberUnfit,
                Detail = EvidenceRecorder.Clean($"the probe itself failed: {e.GetType().Name}: {e.Message}"),
            },
            Observed = new Observed(),
        };

    private WireIdentity Identity() =>
        new(
            clock,
            About is null ? Product : $"{Product} (+{About.AbsoluteUri})",
            $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00"
        );
}
