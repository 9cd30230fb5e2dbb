namespace AliveMcp.Probing.Transports;

/// <summary>What went wrong on the wire, before anyone judges it. <see cref="Judging.ProbeJudge"/> turns it into a reason.</summary>
internal enum WireFault : byte
{
    None = 0,

    NameNotFound,
    NameFailed,
    AddressNotAllowed,
    Refused,
    Reset,
    ConnectTimeout,
    NoRoute,

    /// <summary>Our own machine could not try.</summary>
    Unfit,

    CertificateExpired,
    CertificateUntrusted,
    CertificateNameMismatch,
    TlsFailed,

    /// <summary>A status that is neither 2xx nor a redirect; the status says which.</summary>
    HttpStatus,

    /// <summary>A redirect that is not followed.</summary>
    Redirected,

    /// <summary>A body beyond our limit of bytes.</summary>
    BodyTooLarge,

    /// <summary>Headers, events or a compression ratio beyond our limits: a bomb, not merely much.</summary>
    Flood,
    HttpMalformed,

    NotJsonRpc,
    MalformedJson,

    /// <summary>JSON nested deeper than our limit.</summary>
    TooDeep,
    EnvelopeInvalid,

    /// <summary>The connection or stream ended before the answer was whole.</summary>
    StreamEnded,

    /// <summary>A JSON-RPC error that answers our request.</summary>
    RpcError,

    /// <summary>The time allowed for this step is over.</summary>
    Timeout,

    /// <summary>A result that lacks what the step requires.</summary>
    Incomplete,

    /// <summary>No protocol version that both sides speak.</summary>
    VersionUnsupported,

    /// <summary>There is a credential that may not be shown here. Nothing was sent.</summary>
    KeyWithheld,

    /// <summary>No access token could be had.</summary>
    NoToken,
}
