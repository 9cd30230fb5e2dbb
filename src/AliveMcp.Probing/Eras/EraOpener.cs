using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Eras;

/// <summary>
/// Finds out in which era and by which transport a server can be talked to, and opens the conversation.
/// 1. What is remembered is tried first. 2. Unknown: <c>server/discover</c>, then one <c>initialize</c> unless the answer was modern or final.
/// 3. A remembered era that fails is tried the other way round. 4. A 404 or 405 to <c>initialize</c> leads to legacy HTTP+SSE.
/// </summary>
internal sealed class EraOpener(ProbeOrder order, Courier courier, StreamableHttp http, Logbook log)
{
    public async ValueTask<Opening> OpenAsync()
    {
        if (order.Transport != McpTransport.Sse)
        {
            return await OpenHttpAsync();
        }

        var legacy = await OpenLegacyAsync();
        if (legacy.Stop is not { } stop || !MaySpeakHttp(stop))
        {
            return legacy;
        }

        // A server that gave up its old transport is not down.
        var modern = await OpenHttpAsync();
        return modern.Stop is null ? modern : legacy;
    }

    private ValueTask<Opening> OpenHttpAsync() =>
        order.Era == Era.Initialize ? InitializeFirstAsync() : DiscoverFirstAsync();

    private async ValueTask<Opening> InitializeFirstAsync()
    {
        var initialized = await InitializeAsync();
        if (initialized.Stop is not { } stop || !MaySpeakAnotherEra(stop))
        {
            return initialized;
        }

        var (sign, discovered) = await DiscoverAsync();
        return sign == DiscoverEra.Sign.Modern ? discovered : await OrLegacyAsync(initialized);
    }

    private async ValueTask<Opening> DiscoverFirstAsync()
    {
        var (sign, discovered) = await DiscoverAsync();
        if (sign is DiscoverEra.Sign.Modern or DiscoverEra.Sign.Final)
        {
            return discovered;
        }

        log.Detour = log.Handshake;
        var initialized = await OrLegacyAsync(await InitializeAsync());
        if (initialized.Stop is not null)
        {
            return sign == DiscoverEra.Sign.LooksModern || order.Era == Era.Discover ? discovered : initialized;
        }

        NoteDetour(discovered.Stop!);
        return initialized;
    }

    private async ValueTask<(DiscoverEra.Sign Sign, Opening Opening)> DiscoverAsync()
    {
        // A remembered era is given more patience than a guess, and both leave time to ask the other way.
        var half = order.Limits.Total / 2;
        var patience = order.Era == Era.Discover || half < order.Limits.Discover ? half : order.Limits.Discover;
        courier.Wire.NarrowOnceConnected(patience);
        var discovered = await DiscoverEra.OpenAsync(http, log);
        courier.Wire.Widen();
        return discovered;
    }

    private ValueTask<Opening> InitializeAsync()
    {
        http.Forget();
        return InitializeEra.OpenAsync(http, log);
    }

    private async ValueTask<Opening> OrLegacyAsync(Opening initialized)
    {
        var mayBeLegacy =
            order.Transport == McpTransport.Auto
            && initialized.Stop is { Fault: WireFault.HttpStatus or WireFault.RpcError, Status: 404 or 405 } stop
            && !ErrorCode.IsModern(stop.Error?.Code);
        if (!mayBeLegacy)
        {
            return initialized;
        }

        log.Detour = log.Handshake;
        var legacy = await OpenLegacyAsync();
        return legacy.Stop is null || legacy.Transport is not null ? legacy : initialized;
    }

    private async ValueTask<Opening> OpenLegacyAsync()
    {
        var (transport, opened) = await LegacySse.OpenAsync(courier);
        using (opened)
        {
            log.Handshake += opened.Took;
            if (transport is null)
            {
                return Opening.Stopped(Era.Initialize, Stop.Of(ProbeStep.Initialize, opened));
            }
        }

        // The transport goes along with a stop too: an endpoint was named, so this is the server's way to talk.
        return await InitializeEra.OpenAsync(transport, log) with
        {
            Transport = transport,
        };
    }

    // A server that is slow, broken or shut would only be asked in vain once more.
    private static bool MaySpeakAnotherEra(Stop stop) =>
        stop.Fault switch
        {
            WireFault.HttpStatus => stop.Status is >= 400 and < 500 and not (401 or 403 or 429),
            WireFault.RpcError or WireFault.NotJsonRpc or WireFault.Incomplete or WireFault.VersionUnsupported => true,
            _ => false,
        };

    private static bool MaySpeakHttp(Stop stop) =>
        stop.Fault is WireFault.NotJsonRpc or WireFault.StreamEnded || MaySpeakAnotherEra(stop);

    private void NoteDetour(Stop stop)
    {
        switch (stop)
        {
            case { Fault: WireFault.Timeout }:
                log.Find("protocol", "discover_hangs", "server/discover is not answered at all; initialize is");
                break;
            case { Fault: WireFault.HttpStatus, Status: 403 or >= 500 }:
                log.Find(
                    "protocol",
                    "discover_refused",
                    $"server/discover is answered with HTTP {stop.Status}; initialize is not"
                );
                break;
            case { Fault: WireFault.Reset or WireFault.StreamEnded }:
                log.Find(
                    "protocol",
                    "discover_resets",
                    "server/discover makes the server close the connection; initialize does not"
                );
                break;
            default:
                // An orderly "no such method" is how the older era answers.
                break;
        }
    }
}
