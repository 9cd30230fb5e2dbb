namespace AliveMcp.Vocabulary;

/// <summary>Who may read a server's status without a token. The numbers are stored.</summary>
public enum Visibility : byte
{
    /// <summary>Not on pages, badge or embed.</summary>
    Private = 0,

    /// <summary>On the public pages under its public slug.</summary>
    Public = 1,
}
