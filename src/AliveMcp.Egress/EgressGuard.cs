using System.Net;

namespace AliveMcp.Egress;

/// <summary>Decides which addresses may be dialled. Thread-safe, without state of its own.</summary>
public sealed class EgressGuard
{
    private readonly AllowedRange[] _allowed;
    private readonly bool _allowMetadata;
    private readonly bool _allowPrivate;
    private readonly IPAddress? _source;

    /// <exception cref="ArgumentException">The settings have faults; the message lists all of them.</exception>
    public EgressGuard(EgressOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Problems();
        if (problems.Count > 0)
        {
            throw new ArgumentException(
                string.Join(Environment.NewLine, problems.Select(problem => problem.Message)),
                nameof(options)
            );
        }

        _allowed = [.. options.Allow.Select(text => AllowedRange.TryParse(text, out var range) ? range : default)];
        _allowMetadata = options.AllowMetadata;
        _allowPrivate = options.AllowPrivate;
        _source = options.SourceAddress is { } source ? IPAddress.Parse(source) : null;
    }

    /// <summary>What kind of place an address leads to.</summary>
    public static AddressClass Classify(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return AddressClassifier.Of(address);
    }

    /// <summary>The same way out to public addresses alone: for places that somebody names whom nobody here knows.</summary>
    public EgressGuard WithoutOpenings() => new(new EgressOptions { SourceAddress = _source?.ToString() });

    /// <summary>Whether this address may be dialled on this port.</summary>
    public bool MayDial(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        var kind = AddressClassifier.Of(address);
        return kind switch
        {
            AddressClass.Public => true,
            AddressClass.Metadata => _allowMetadata && (IsListed(address, port) || _allowPrivate),
            AddressClass.Loopback or AddressClass.Private or AddressClass.CarrierNat or AddressClass.LinkLocal =>
                _allowPrivate || IsListed(address, port),
            _ => IsListed(address, port),
        };
    }

    /// <summary>Where a connection to this address goes out from; null leaves it to the system.</summary>
    internal IPAddress? SourceTo(IPAddress address)
    {
        // From loopback only loopback can be reached, and from elsewhere it need not be reachable.
        return
            _source is { } source
            && source.AddressFamily == address.AddressFamily
            && IPAddress.IsLoopback(source) == IPAddress.IsLoopback(address)
            ? source
            : null;
    }

    private bool IsListed(IPAddress address, int port)
    {
        // A mapped address is the IPv4 address on the wire, so a range opened for IPv4 holds for both spellings.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var range in _allowed)
        {
            if (range.Holds(plain, port))
            {
                return true;
            }
        }

        return false;
    }
}
