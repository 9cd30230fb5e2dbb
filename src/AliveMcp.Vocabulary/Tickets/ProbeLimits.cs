namespace AliveMcp.Vocabulary.Tickets;

/// <summary>The hard limits of one try. Every one ends the try with a reason of its own; none can be switched off: zero and less are taken for the default.</summary>
public sealed record ProbeLimits
{
    /// <summary>The whole try, goodbye excepted. Default 15 s, 1 to 30 s.</summary>
    public TimeSpan Total
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(15);

    /// <summary>All addresses of the name together (RFC 8305). Default 5 s.</summary>
    public TimeSpan Connect
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(5);

    /// <summary>How long <c>server/discover</c> may be silent before <c>initialize</c> is tried. Default 3 s.</summary>
    public TimeSpan Discover
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(3);

    /// <summary>All pages of the tool list together. Default 10 s.</summary>
    public TimeSpan ToolsList
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(10);

    /// <summary>All test calls together. Default 10 s.</summary>
    public TimeSpan TestCalls
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(10);

    /// <summary>The owner's health URL, connecting included. Default 5 s.</summary>
    public TimeSpan Health
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(5);

    /// <summary>The session's <c>DELETE</c>; beyond it we leave. Default 2 s.</summary>
    public TimeSpan Goodbye
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(2);

    /// <summary>Handshake and tool list together above this are <c>slow</c>. Default 5 s.</summary>
    public TimeSpan SlowAfter
    {
        get;
        init => field = Given(value, field);
    } = TimeSpan.FromSeconds(5);

    /// <summary>One body after decompression. Default 4 MiB.</summary>
    public int BodyBytes
    {
        get;
        init => field = Given(value, field);
    } = 4 * 1024 * 1024;

    /// <summary>Decompressed bytes per compressed byte, once past 64 KiB. Default 100.</summary>
    public int CompressionRatio
    {
        get;
        init => field = Given(value, field);
    } = 100;

    /// <summary>Status line and headers of one answer. Default 32 KiB.</summary>
    public int HeaderBytes
    {
        get;
        init => field = Given(value, field);
    } = 32 * 1024;

    /// <summary>Events read from one stream while waiting for one answer. Default 1,000.</summary>
    public int SseEvents
    {
        get;
        init => field = Given(value, field);
    } = 1_000;

    /// <summary>Pages of the tool list. Default 50.</summary>
    public int Pages
    {
        get;
        init => field = Given(value, field);
    } = 50;

    /// <summary>Tools in the list. Default 5,000.</summary>
    public int Tools
    {
        get;
        init => field = Given(value, field);
    } = 5_000;

    /// <summary>Nesting of any JSON we read. Default 64.</summary>
    public int JsonDepth
    {
        get;
        init => field = Given(value, field);
    } = 64;

    // A desk that does not know a limit leaves it out, which arrives as zero.
    private static TimeSpan Given(TimeSpan value, TimeSpan usual) => value > TimeSpan.Zero ? value : usual;

    private static int Given(int value, int usual) => value > 0 ? value : usual;
}
