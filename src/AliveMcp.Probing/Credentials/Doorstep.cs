using System.Text;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Everything about getting in that is not the conversation itself:
/// 1. is there a credential that can be shown; 2. the stranger's look at the door, when it is due; 3. a token, if the credential is none by itself;
/// 4. another token when the cached one is refused.
/// </summary>
internal sealed class Doorstep(ProbeOrder order, SideWires wires, AccessTokens tokens, Logbook log)
{
    private Courier? _courier;
    private string? _token;

    /// <summary>What a stranger was told; null when nobody looked.</summary>
    public GateSighting? Gate { get; private set; }

    /// <summary>When the credential ends, if that can be known.</summary>
    public DateTimeOffset? CredentialEnds { get; private set; }

    /// <summary>Knows every secret that this probe held; null when it held none.</summary>
    public SecretMask? Mask { get; private set; }

    /// <summary>What was shown of a credential last; a stranger's conversation says more about the door than a guest's.</summary>
    public bool ShowsKey => _courier?.Key is { Standing: not KeyStanding.Withheld };

    /// <summary>Requests that went out beside the conversation.</summary>
    public int Requests => wires.Requests;

    /// <summary>What is told of the door: as the look found it, or, without a credential, as the probe itself met it.</summary>
    public Access GateOf(Verdict verdict) =>
        order.Credential is not null ? Gate?.Access ?? Access.Unknown
        : order.LooksAtGate ? verdict.Access
        : Access.Unknown;

    /// <summary>Gives the courier what lets it in; a stop is why there is nothing to go in with.</summary>
    public async ValueTask<Stop?> ApproachAsync(Courier courier)
    {
        _courier = courier;
        if (order.Credential is not { } credential)
        {
            return null;
        }

        Mask = new SecretMask();
        Mask.Add(credential.Secret);
        if (CredentialRules.Fault(credential) is { } fault)
        {
            return Ended(ProbeStep.Gate, WireFault.KeyWithheld, fault);
        }

        CredentialEnds = CredentialWatch.Watch(credential, courier.Wire.Clock.GetUtcNow(), log);
        if (order.LooksAtGate)
        {
            var look = new GateLook(order, wires, log);
            Gate = await look.LookAsync(Budget(courier));
            if (look.Stop is not null)
            {
                return look.Stop;
            }
        }

        return await TakeKeyAsync(credential);
    }

    /// <summary>After a refusal of a token from an earlier probe: takes a new one. False when the refusal stands.</summary>
    public async ValueTask<bool> RenewsAsync(Stop? stop)
    {
        if (
            stop is not { Begun: false }
            || _courier?.Key is not { IsCachedToken: true }
            || StopReasons.Of(stop) is not (Why.AuthRequired or Why.AuthForbidden)
            || DoorRules.LacksScope(stop)
        )
        {
            return false;
        }

        tokens.Drop(TokenKey.Of(order.Credential!, order.Url), _token!);
        return await TakeKeyAsync(order.Credential!) is null;
    }

    /// <summary>Looks whether a refusal without a header has a way in after all, and, when it is due, whether that way leads anywhere.</summary>
    public async ValueTask<Stop> WithWayInAsync(Stop stop, Courier courier)
    {
        if (order.Credential is not null || (!order.LooksAtGate && stop.Signs?.Challenge is not null))
        {
            return stop;
        }

        var found = order.LooksAtGate ? await WalkAsync(stop, courier) : await GlanceAsync(courier);
        return stop with { HasMetadata = found.IsDescribed, SignInBreak = found.Break };
    }

    private ValueTask<SignInSighting> WalkAsync(Stop stop, Courier courier)
    {
        var isPrivate = AddressRules.IsHomePrivate(courier.Wire);
        var wire = wires.Open(
            Budget(courier),
            approach => AddressRules.ForHearsay(approach, courier.Target, isPrivate)
        );
        return new SignIn(wire, courier.Target, credential: null, log).WalkAsync(stop.Signs?.Challenge);
    }

    private async ValueTask<SignInSighting> GlanceAsync(Courier courier)
    {
        // The evidence is the refusal, not what was looked up because of it.
        var refusal = courier.Wire.LastResponse;
        var found = await new SignIn(courier.Wire, courier.Target, credential: null, log).GlanceAsync();
        courier.Wire.LastResponse = refusal;
        return found;
    }

    private async ValueTask<Stop?> TakeKeyAsync(ProbeCredential credential)
    {
        var (header, value) = credential.Kind switch
        {
            CredentialKind.Header => (credential.HeaderName!, credential.Secret),
            CredentialKind.Basic => ("Authorization", $"Basic {BasicOf(credential)}"),
            _ => ("Authorization", $"Bearer {credential.Secret}"),
        };
        var standing = KeyStanding.Static;
        if (credential.Kind == CredentialKind.Basic)
        {
            Mask!.Add(BasicOf(credential));
        }
        else if (credential.Kind == CredentialKind.ClientCredentials)
        {
            Mask!.Add(TokenRequest.BasicOf(credential));
            var (held, isFresh) = await TakeTokenAsync(credential);
            if (held.Token is null)
            {
                return Ended(ProbeStep.Token, WireFault.NoToken, held.Fault);
            }

            Mask!.Add(_token = held.Token);
            value = $"Bearer {held.Token}";
            standing = isFresh ? KeyStanding.FreshToken : KeyStanding.CachedToken;
        }

        _courier!.Key = new DoorKey(order.Url, header, value, standing);
        return null;
    }

    private async ValueTask<(HeldToken Held, bool IsFresh)> TakeTokenAsync(ProbeCredential credential)
    {
        var wire = wires.Open(Budget(_courier!), AddressRules.ForKey);
        var request = new TokenRequest(credential, order.Url, wire);
        try
        {
            return await tokens.GetAsync(TokenKey.Of(credential, order.Url), request.SendAsync, wire.Deadline.Token);
        }
        catch (OperationCanceledException)
        {
            wire.Deadline.ThrowIfCalledOff();
            return (HeldToken.None("expected an access token in time, got none"), false);
        }
    }

    // A third of the whole, so that what is beside the conversation cannot starve it.
    private TimeSpan Budget(Courier courier)
    {
        var third = order.Limits.Total / 3;
        var left = courier.Wire.Deadline.Left;
        return left < third ? left : third;
    }

    private static string BasicOf(ProbeCredential credential) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Secret}"));

    private static Stop Ended(ProbeStep step, WireFault fault, string? detail) =>
        new()
        {
            Step = step,
            Fault = fault,
            Detail = detail,
        };
}
