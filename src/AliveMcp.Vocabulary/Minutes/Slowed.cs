namespace AliveMcp.Vocabulary.Minutes;

/// <summary>Why a server is looked at less often than its owner chose. The numbers are stored.</summary>
public enum Slowed : byte
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>It asked us to: 429, or 503 with <c>Retry-After</c>.</summary>
    Asked = 1,

    /// <summary>It does not end the sessions that we ask it to end, and each look costs it one.</summary>
    SessionsStay = 2,

    /// <summary>So many servers of its host are watched that together they would be asked too often.</summary>
    HostCrowded = 3,
}
