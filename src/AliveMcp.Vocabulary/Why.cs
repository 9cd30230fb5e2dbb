namespace AliveMcp.Vocabulary;

/// <summary>
/// Why a state is what it is: a failure reason, or for <see cref="ServerState.Unknown"/> why we could not look.
/// The numbers are stored and never change; words, layers and outcomes are in <see cref="WhyWords"/>.
/// </summary>
public enum Why : byte
{
    None = 0,

    DnsNotFound = 1,
    DnsFailed = 2,

    ConnectionRefused = 10,
    ConnectionReset = 11,
    ConnectTimeout = 12,
    AddressNotAllowed = 13,

    TlsExpired = 20,
    TlsUntrusted = 21,
    TlsNameMismatch = 22,
    TlsFailed = 23,

    HttpNotFound = 30,
    HttpMethod = 31,
    HttpError = 32,
    Redirected = 33,
    ResponseTooLarge = 34,
    HttpMalformed = 35,

    RateLimited = 40,
    BotChallenge = 41,
    NoRoute = 42,

    NotJsonRpc = 50,
    MalformedJson = 51,
    EnvelopeInvalid = 52,
    StreamEnded = 53,
    SessionLost = 54,

    HandshakeError = 60,
    HandshakeIncomplete = 61,
    VersionUnsupported = 62,
    EraBroken = 63,

    ToolsError = 70,
    ToolsMalformed = 71,
    ToolsEmpty = 72,
    ToolsEndless = 73,
    ListOverLimit = 74,
    ListIncomplete = 75,

    AuthRequired = 80,
    AuthRequiredBare = 81,
    AuthForbidden = 82,
    LoginRedirect = 83,
    AuthDiscoveryBroken = 84,
    DoorOpen = 85,
    CredentialRejected = 86,
    TokenUnavailable = 87,

    Timeout = 90,
    Slow = 91,

    ToolMissing = 100,

    TestCallError = 110,
    TestCallIsError = 111,
    TestCallNeedsInput = 112,
    TestCallAssertion = 113,

    HealthDown = 120,
    HealthDegraded = 121,

    SchemaDrift = 130,

    /// <summary>Some planned regions see it, others do not.</summary>
    Regional = 140,

    /// <summary>One region alone looked and failed: not enough to say down.</summary>
    Unconfirmed = 141,

    /// <summary>Some regions are let in, others are asked to sign in.</summary>
    AuthInconsistent = 142,

    /// <summary>No region answered in time.</summary>
    NobodyLooked = 143,

    ProberUnfit = 150,
    HostBusy = 151,
    RegionInDoubt = 152,

    /// <summary>The process of ours that looked was ended before it could say what it saw.</summary>
    CellKilled = 153,

    /// <summary>Our processes for this tenant had to be killed again and again: it is looked at less often for a while.</summary>
    TenantThrottled = 154,

    /// <summary>No process of ours that serves one tenant at a time was free in time.</summary>
    CellBusy = 155,

    /// <summary>Nobody has claimed the listing, and its origin asks us not to watch.</summary>
    WatchDeclined = 156,
}
