using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Eras;

/// <summary>The opening of 2026-07-28: <c>server/discover</c>, no handshake and no session behind it.</summary>
internal static class DiscoverEra
{
    /// <summary>What the answer to <c>server/discover</c> says about the era.</summary>
    public enum Sign
    {
        /// <summary>The server speaks it.</summary>
        Modern,

        /// <summary>It does not, or not so that we could tell: <c>initialize</c> decides.</summary>
        AskInitialize,

        /// <summary>As <see cref="AskInitialize"/>, but it looked modern: if <c>initialize</c> fails as well, this stop counts.</summary>
        LooksModern,

        /// <summary>No other question would be answered better.</summary>
        Final,
    }

    public static async ValueTask<(Sign Sign, Opening Opening)> OpenAsync(StreamableHttp transport, Logbook log)
    {
        var version = Revisions.Discover;
        for (var retried = false; ; retried = true)
        {
            transport.AdoptStateless(version);
            using var answer = await transport.AskAsync(RpcCall.Discover(version));
            log.Handshake += answer.Took;
            if (
                !retried
                && answer.Error is { Code: ErrorCode.UnsupportedVersion } refusal
                && Choose(refusal.Supported) is { } other
                && !Revisions.IsInitializeEra(other)
            )
            {
                version = other;
                continue;
            }

            return answer.Succeeded ? Read(answer, transport, log) : Refused(answer, transport);
        }
    }

    private static (Sign Sign, Opening Opening) Read(Answer answer, StreamableHttp transport, Logbook log)
    {
        var result = answer.Result;
        var versions = Json.Texts(result, "supportedVersions");
        var capabilities = Json.Member(result, "capabilities", JsonValueKind.Object);
        if (versions.Count == 0 || capabilities is null || Json.Text(result, "resultType") is not (null or "complete"))
        {
            var looksModern =
                JsonMembers.TryFind(result, "supportedVersions", out _)
                || JsonMembers.TryFind(result, "resultType", out _);
            return (
                looksModern ? Sign.LooksModern : Sign.AskInitialize,
                Stopped(answer, WireFault.Incomplete, "expected supportedVersions and capabilities, got no such result")
            );
        }

        var version = Choose(versions);
        if (version is null || Revisions.IsInitializeEra(version))
        {
            var detail = $"expected a version that we speak, got {string.Join(", ", versions.Take(5))}";
            var sign = version is null ? Sign.LooksModern : Sign.AskInitialize;
            return (sign, Stopped(answer, WireFault.VersionUnsupported, detail));
        }

        if (Revisions.Of(version) == Revisions.Standing.Newer)
        {
            log.Find(
                "protocol",
                "version_newer_than_ours",
                $"the server speaks {version}, we know up to {Revisions.Discover}"
            );
        }

        transport.AdoptStateless(version);
        log.Hear(result, ServerInfo(result));
        return (Sign.Modern, Opened(result, capabilities.Value, transport, version));
    }

    private static JsonElement? ServerInfo(JsonElement result) =>
        Json.Member(result, "_meta", JsonValueKind.Object) is { } held
            ? Json.Member(held, "io.modelcontextprotocol/serverInfo", JsonValueKind.Object)
            : null;

    private static Opening Opened(JsonElement result, JsonElement capabilities, ITransport transport, string version)
    {
        var server = ServerInfo(result);
        return new Opening
        {
            Era = Era.Discover,
            Transport = transport,
            Version = version,
            ServerName = server is { } named ? Json.Text(named, "name") : null,
            ServerVersion = server is { } versioned ? Json.Text(versioned, "version") : null,
            OffersTools = Json.Member(capabilities, "tools", JsonValueKind.Object) is not null,
        };
    }

    private static (Sign Sign, Opening Opening) Refused(Answer answer, StreamableHttp transport)
    {
        var stop = Stop.Of(ProbeStep.Discover, answer);
        return (SignOf(answer, transport), Opening.Stopped(Era.Discover, stop));
    }

    private static Sign SignOf(Answer answer, StreamableHttp transport) =>
        answer.Fault switch
        {
            _ when !transport.Courier.Wire.Connector.Connected => Sign.Final,
            WireFault.RpcError => SignOf(answer.Error!),
            WireFault.HttpStatus when answer.Status is 401 or 429 => Sign.Final,
            WireFault.Timeout when transport.Courier.Wire.Deadline.IsUp => Sign.Final,
            _ => Sign.AskInitialize,
        };

    private static Sign SignOf(RpcError error) =>
        error.Code switch
        {
            // The server speaks this era and says that our request breaks it: asking otherwise would hide our own bug.
            ErrorCode.HeaderMismatch or ErrorCode.CapabilityMissing => Sign.Final,
            ErrorCode.InvalidParams when error.Message?.Contains("_meta", StringComparison.Ordinal) == true =>
                Sign.Final,
            ErrorCode.UnsupportedVersion when !error.Supported.Any(Revisions.IsInitializeEra) => Sign.LooksModern,
            _ => Sign.AskInitialize,
        };

    /// <summary>The version to speak: ours, else a newer one, else the newest that begins with <c>initialize</c>; null for none.</summary>
    private static string? Choose(IReadOnlyList<string> versions) =>
        versions.Contains(Revisions.Discover, StringComparer.Ordinal)
            ? Revisions.Discover
            : versions
                .Where(version => Revisions.Of(version) == Revisions.Standing.Newer)
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
                ?? versions.Where(Revisions.IsInitializeEra).Order(StringComparer.Ordinal).LastOrDefault();

    private static Opening Stopped(Answer answer, WireFault fault, string detail) =>
        Opening.Stopped(Era.Discover, Stop.Of(ProbeStep.Discover, fault, answer, detail));
}
