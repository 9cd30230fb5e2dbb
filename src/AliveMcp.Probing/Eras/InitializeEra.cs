using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Eras;

/// <summary>The handshake of 2024-11-05 to 2025-11-25: <c>initialize</c>, then <c>notifications/initialized</c>.</summary>
internal static class InitializeEra
{
    public static async ValueTask<Opening> OpenAsync(ITransport transport, Logbook log)
    {
        var opening = await AskAsync(transport, log);
        return opening.Stop is null && await TellInitializedAsync(transport, log) is { } stop ? Stopped(stop) : opening;
    }

    /// <summary>The first half alone: who asks only whether this era is spoken needs no more.</summary>
    public static async ValueTask<Opening> AskAsync(ITransport transport, Logbook log)
    {
        using var answer = await transport.AskAsync(RpcCall.Initialize);
        log.Handshake += answer.Took;
        if (!answer.Succeeded)
        {
            return Stopped(Stop.Of(ProbeStep.Initialize, answer));
        }

        if (Missing(answer.Result) is { } missing)
        {
            return Stopped(Stop.Of(ProbeStep.Initialize, WireFault.Incomplete, answer, missing));
        }

        var version = Json.Text(answer.Result, "protocolVersion")!;
        if (!Accept(version, log))
        {
            var detail = $"expected a protocol version up to {Revisions.Discover}, got '{version}'";
            return Stopped(Stop.Of(ProbeStep.Initialize, WireFault.VersionUnsupported, answer, detail));
        }

        transport.Adopt(version);
        log.Hear(answer.Result, Json.Member(answer.Result, "serverInfo", JsonValueKind.Object));
        return Read(answer.Result, transport, version);
    }

    private static async ValueTask<Stop?> TellInitializedAsync(ITransport transport, Logbook log)
    {
        using var told = await transport.TellAsync(RpcCall.Initialized);
        log.Handshake += told.Took;
        if (!told.Succeeded)
        {
            return Stop.Of(ProbeStep.Initialized, told, transport.HasSession);
        }

        if (told.Status != 202 && transport.Kind == McpTransport.Http)
        {
            log.Find("protocol", "initialized_not_202", $"notifications/initialized: expected 202, got {told.Status}");
        }

        return null;
    }

    private static Opening Read(JsonElement result, ITransport transport, string version)
    {
        JsonMembers.TryFind(result, "serverInfo", out var server);
        JsonMembers.TryFind(result, "capabilities", out var capabilities);
        return new Opening
        {
            Era = Era.Initialize,
            Transport = transport,
            Version = version,
            ServerName = Json.Text(server, "name"),
            ServerVersion = Json.Text(server, "version"),
            OffersTools = Json.Member(capabilities, "tools", JsonValueKind.Object) is not null,
        };
    }

    private static bool Accept(string version, Logbook log)
    {
        var standing = Revisions.Of(version);
        if (standing == Revisions.Standing.Newer)
        {
            log.Find(
                "protocol",
                "version_newer_than_ours",
                $"the server speaks {version}, we know up to {Revisions.Discover}"
            );
        }

        return standing != Revisions.Standing.Unknown;
    }

    private static string? Missing(JsonElement result) =>
        Json.Text(result, "protocolVersion") is null ? "expected a protocolVersion, got none"
        : Json.Member(result, "capabilities", JsonValueKind.Object) is null ? "expected capabilities, got none"
        : Json.Member(result, "serverInfo", JsonValueKind.Object) is null ? "expected serverInfo, got none"
        : null;

    private static Opening Stopped(Stop stop) => Opening.Stopped(Era.Initialize, stop);
}
