namespace AliveMcp.Vocabulary;

/// <summary>How long minutes are kept; closed hours are partitioned by it. The numbers are stored.</summary>
public enum RetentionClass : byte
{
    Days7 = 1,
    Days90 = 2,
    Months13 = 3,
    Months25 = 4,
}
